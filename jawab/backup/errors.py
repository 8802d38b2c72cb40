"""What may go wrong with a backup: each says what, where, and how to mend it."""


class BackupError(Exception):
    """Whatever this room raises."""


class NoBackup(BackupError):
    """The file is no backup, or not a whole one."""


class NewerBackup(BackupError):
    """The backup was made by a newer version of Jawab."""


class OtherDatabase(BackupError):
    """The backup is of the other kind of database."""


class InTheWay(BackupError):
    """Something is there already that would be replaced."""


class CannotCopy(BackupError):
    """A database could not be copied, or not be put back."""
