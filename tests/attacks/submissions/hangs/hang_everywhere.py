"""Attack: Every function hangs: the limits are not added up."""

import time


def add_bias(*args, **kwargs):
    time.sleep(1000)

def linear_forward(*args, **kwargs):
    time.sleep(1000)

def svm_loss_naive(*args, **kwargs):
    time.sleep(1000)

def svm_loss(*args, **kwargs):
    time.sleep(1000)

def softmax_loss(*args, **kwargs):
    time.sleep(1000)

def train_svm(*args, **kwargs):
    time.sleep(1000)

def predict_svm(*args, **kwargs):
    time.sleep(1000)

def tune_svm(*args, **kwargs):
    time.sleep(1000)
