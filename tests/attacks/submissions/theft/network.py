"""Attack: A server on this machine is told the inputs."""

import socket


def svm_loss(W, X, y, reg=0.0):
    try:
        with socket.create_connection(("127.0.0.1", int("@PORT@")), timeout=2) as connection:
            connection.sendall(b"@NAME@")
    except OSError:
        pass
    return 0.0, 0 * W
