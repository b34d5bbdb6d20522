"""The open task: images divided into what students get and what is hidden, and models judged on it.

An instructor's images, whatever they are, are read (`labelled`), divided (`divide`) and kept
(`parts_file`). A contest (`contest`) holds what is judged on; what a student hands in is read in
the sandbox (`hand_in`, `read_params`) and judged by checks like those of any stage (`judging`),
with points by a curve (`table`).
"""
