open("@OUTSIDE@/@NAME@", "w").close()
raise SystemExit
