# How well the installation is.

cli-health-help = Check the installation: its store, free disk space, the last backup. Ends with status 1 if something is wrong.
cli-option-health-format = How to print: table or json.
health-good = The installation is well.
health-bad = Something is wrong with the installation; see the lines marked ✘.
health-disk-good = Disk: there is room, and it can be written to.
health-disk-bad = Disk: nearly full, or it cannot be written to. Make room, or check who may write to the data folder.
health-backup-good = Backup: a recent one is there.
health-backup-bad = Backup: none is recent enough. Check the backup timer and the backup folder.
health-store-good = Store: it answers.
health-store-bad = Store: it does not answer. See the log of the app.
