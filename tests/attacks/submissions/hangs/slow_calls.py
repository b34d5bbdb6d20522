"""Attack: Every call takes nearly the limit."""

import time


def add_bias(*args, **kwargs):
    time.sleep(2.5)

def linear_forward(*args, **kwargs):
    time.sleep(2.5)

def svm_loss_naive(*args, **kwargs):
    time.sleep(2.5)

def svm_loss(*args, **kwargs):
    time.sleep(2.5)

def softmax_loss(*args, **kwargs):
    time.sleep(2.5)

def train_svm(*args, **kwargs):
    time.sleep(2.5)

def predict_svm(*args, **kwargs):
    time.sleep(2.5)

def tune_svm(*args, **kwargs):
    time.sleep(2.5)
