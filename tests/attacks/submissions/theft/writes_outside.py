"""Attack: A file of the instructor is written over, and one beside it made."""


for name in ("diary.txt", "@NAME@"):
    try:
        with open(f"@OUTSIDE@/{name}", "a") as file:
            file.write("@NAME@ was here")
    except OSError:
        pass
