"""P1 - k vecinos más cercanos. Inés M."""

import numpy as np


def compute_distance(a, b):
    """distancia euclídea"""
    resta = np.asarray(a, dtype=np.float64) - np.asarray(b, dtype=np.float64)
    return np.sqrt((resta**2).sum())


def compute_distances(X, X_train):
    filas, columnas = X.shape[0], X_train.shape[0]
    tabla = np.zeros((filas, columnas))
    for i in range(filas):
        for j in range(columnas):
            tabla[i, j] = compute_distance(X[i], X_train[j])
    return tabla


def compute_distances_one_loop(X, X_train):
    tabla = np.zeros((X.shape[0], X_train.shape[0]))
    for i, x in enumerate(X):
        restas = X_train - x.astype(np.float64)
        tabla[i] = np.sqrt(np.einsum("ij,ij->i", restas, restas))
    return tabla


def compute_distances_vectorized(X, X_train):
    X = X.astype(np.float64)
    X_train = X_train.astype(np.float64)
    # |x|² + |t|² - 2 x·t
    cuadrados = (X**2).sum(axis=1, keepdims=True) + (X_train**2).sum(axis=1) - 2 * X @ X_train.T
    return np.sqrt(cuadrados.clip(0))


def compute_distances_l1(X, X_train):
    return np.array([np.abs(X_train - x.astype(np.float64)).sum(axis=1) for x in X])


def nearest_neighbor(x, X_train):
    distancias = compute_distances(x.reshape(1, -1), X_train).ravel()
    return int(distancias.argmin())


def predict_nn_labels(X, X_train, y_train, k=1):
    orden = np.argsort(compute_distances(X, X_train), axis=1, kind="stable")
    etiquetas = y_train[orden[:, :k]]
    return np.array([np.bincount(fila).argmax() for fila in etiquetas])


def accuracy(y_pred, y_true):
    aciertos = sum(int(p) == int(v) for p, v in zip(y_pred, y_true))
    return aciertos / len(y_true)


def cross_validate_k(X, y, k_choices, num_folds=5):
    partes = np.array_split(np.arange(len(X)), num_folds)
    resultado = {}
    for k in k_choices:
        lista = []
        for parte in partes:
            resto = [i for i in range(len(X)) if i not in parte]
            y_pred = predict_nn_labels(X[parte], X[resto], y[resto], k)
            lista.append(accuracy(y_pred, y[parte]))
        resultado[k] = lista
    return resultado
