"""The walls around one submission: the system calls that no kept library makes for us.

The outer wall on Linux is bubblewrap. These few calls stand between it and the
code of a student that was forked from a warmed interpreter, and they are all
there is where bubblewrap cannot run: resource limits, Landlock for files and
signals, and a seccomp filter for the rest of the kernel. Standard library only,
because this file is read inside the sandbox before anything else.

Every wall is attacked by a test in ``tests/classroom/walls/test_walls.py``.

Sources: ``landlock(7)``, ``seccomp(2)``, ``prctl(2)``, ``getrlimit(2)`` and the
system call tables of Linux 6.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import stat
import struct

_libc = ctypes.CDLL(None, use_errno=True)

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_CHILD_SUBREAPER = 36
_SECCOMP_MODE_FILTER = 2
_SECCOMP_FILTER, _SECCOMP_ALL_THREADS = 1, 1

# Landlock's numbers are the same on every architecture.
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_FS_EXECUTE, _FS_WRITE_FILE, _FS_READ_FILE, _FS_READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_FS_FIRST_VERSION = (1 << 13) - 1
_FS_ADDED = {2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
_FILE_RIGHTS = _FS_EXECUTE | _FS_WRITE_FILE | _FS_READ_FILE | 1 << 14 | 1 << 15
_READING = _FS_EXECUTE | _FS_READ_FILE | _FS_READ_DIR
LANDLOCK_WITH_SIGNALS = 6

# Calls that a notebook has no use for and that reach other processes, the
# kernel's own settings, or things that outlive the submission. Number on
# x86-64, number on arm64 (None where the architecture lacks the call).
_REFUSED: dict[str, tuple[int, int | None]] = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "syslog": (103, 116),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262),
    "vhangup": (153, 58),
    # Memory that no process need map, and names that no folder's size counts.
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "link": (86, None),
    "linkat": (265, 37),
    # Priorities and processors of others, the parent included.
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
    "sched_setaffinity": (203, 122),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    # Shared memory and queues: new ones would wait for the next submission, and those that
    # are there belong to the teacher's other programs.
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "semget": (64, 190),
    "semop": (65, 193),
    "semtimedop": (220, 192),
    "semctl": (66, 191),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    # They tell what others do with their files.
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
}
# Whose a file is, who may read it, when it was changed: Landlock keeps nobody from setting
# these of any file of theirs, and copying a file sets them. So nothing is done, without error.
_LEFT_UNDONE: dict[str, tuple[int, int | None]] = {
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "utimensat": (280, 88),
    "futimesat": (261, None),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
}
_NUMBERS = {
    "x86_64": (
        0,
        0xC000003E,
        {
            "socket": 41,
            "clone": 56,
            "clone3": 435,
            "prlimit64": 302,
            "seccomp": 317,
            "sched_setscheduler": 144,
        },
    ),
    "aarch64": (
        1,
        0xC00000B7,
        {
            "socket": 198,
            "clone": 220,
            "clone3": 435,
            "prlimit64": 261,
            "seccomp": 277,
            "sched_setscheduler": 119,
        },
    ),
}
_NEW_NAMESPACES = 0x7E020080
_X32 = 0x40000000


class WallError(OSError):
    """A wall could not be built; the submission must not run."""


def _check(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise WallError(number, f"{what}: {os.strerror(number)}")
    return result


def _prctl(option: int, value: int, what: str) -> None:
    zero = ctypes.c_ulong(0)
    _check(_libc.prctl(option, ctypes.c_ulong(value), zero, zero, zero), what)


def die_with_parent() -> None:
    """Have the kernel kill this process when the one that started it ends."""
    _prctl(_PR_SET_PDEATHSIG, 9, "parent death signal")


def hide_memory(hidden: bool) -> None:
    """Close (or open again) this process's memory and descriptors to others of its user."""
    _prctl(_PR_SET_DUMPABLE, 0 if hidden else 1, "dumpable")


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1, "child subreaper")


def become(user: int, group: int) -> None:
    """Give up root for good: no groups, no way back, no capabilities."""
    os.setgroups([])
    os.setresgid(group, group, group)
    os.setresuid(user, user, user)


def limit(memory: int, seconds: int, processes: int, file_size: int, files: int) -> None:
    """Bound what one process may take.

    Parameters
    ----------
    memory
        Bytes of address space on top of what the process has now.
    seconds
        Processor time; the kernel kills at the limit.
    processes
        Processes and threads of this user. Does not bind root, so be another user.
    file_size
        Bytes of one file.
    files
        Open files.
    """
    with open("/proc/self/statm") as status:  # noqa: PTH123 - no pathlib: it is slower after a fork
        now = int(status.read().split()[0]) * resource.getpagesize()
    for kind, value in (
        (resource.RLIMIT_AS, now + memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_NPROC, processes),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 1 << 20),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (bound, bound))


def landlock_version() -> int:
    """Return the kernel's Landlock version, 0 if it has none."""
    return max(0, int(_libc.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), 1)))


def landlock(readable: list[str], writable: list[str]) -> int:
    """Leave only the given trees of the file system, and no way to signal anyone outside.

    Parameters
    ----------
    readable, writable
        Files and folders; those that do not exist are passed over.

    Returns
    -------
    int
        The Landlock version in force.

    Raises
    ------
    WallError
        If the kernel has no Landlock or refuses.
    """
    version = landlock_version()
    if version < 1:
        raise WallError(errno.ENOSYS, "this kernel has no Landlock")
    everything = _FS_FIRST_VERSION
    for since, right in _FS_ADDED.items():
        everything |= right if version >= since else 0
    network = 3 if version >= 4 else 0
    scoped = 3 if version >= LANDLOCK_WITH_SIGNALS else 0
    size = 24 if version >= LANDLOCK_WITH_SIGNALS else 16 if version >= 4 else 8
    attributes = struct.pack("=QQQ", everything, network, scoped)[:size]
    rules = _check(
        _libc.syscall(_LANDLOCK_CREATE, attributes, ctypes.c_size_t(size), 0), "landlock rules"
    )
    for paths, rights in ((readable, _READING), (writable, everything)):
        for path in paths:
            try:
                handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
            except OSError:
                continue
            folder = stat.S_ISDIR(os.fstat(handle).st_mode)
            allowed = rights & everything & (-1 if folder else _FILE_RIGHTS)
            rule = struct.pack("=Qi", allowed, handle)
            _check(_libc.syscall(_LANDLOCK_ADD, rules, 1, rule, 0), f"landlock rule for {path}")
            os.close(handle)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1, "no new privileges")
    _check(_libc.syscall(_LANDLOCK_RESTRICT, rules, 0), "landlock")
    os.close(rules)
    return version


def _filter(sockets: bool | None) -> list[tuple[int, int, int, int]]:
    """Write the seccomp program: (code, jump if true, jump if false, operand) each."""
    try:
        column, architecture, special = _NUMBERS[platform.machine()]
    except KeyError:
        raise WallError(errno.ENOSYS, f"no filter for {platform.machine()}") from None
    load, equal, at_least, any_bit, leave = 0x20, 0x15, 0x35, 0x45, 0x06
    allow, kill = 0x7FFF0000, 0x80000000
    refuse, absent = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
    undone = 0x00050000  # the error's number is none
    number, first_argument, second_argument = 0, 16, 24
    program = [
        (load, 0, 0, 4),
        (equal, 1, 0, architecture),
        (leave, 0, 0, kill),
        (load, 0, 0, number),
    ]
    if column == 0:
        program += [(at_least, 0, 1, _X32), (leave, 0, 0, kill)]
    calls = dict.fromkeys(_REFUSED.values(), refuse)
    if sockets is False:
        calls |= dict.fromkeys(_LEFT_UNDONE.values(), undone)
    for numbers, answer in calls.items():
        call = numbers[column]
        if call is not None:
            program += [(equal, 0, 1, call), (leave, 0, 0, answer)]
    # glibc goes back to clone, whose flags can be read here, when clone3 is absent.
    program += [(equal, 0, 1, special["clone3"]), (leave, 0, 0, absent)]
    program += [
        (equal, 0, 4, special["clone"]),
        (load, 0, 0, first_argument),
        (any_bit, 0, 1, _NEW_NAMESPACES),
        (leave, 0, 0, refuse),
        (leave, 0, 0, allow),
    ]
    # Only one's own limits: another's could be lowered by the same user.
    program += [
        (equal, 0, 4, special["prlimit64"]),
        (load, 0, 0, first_argument),
        (equal, 1, 0, 0),
        (leave, 0, 0, refuse),
        (leave, 0, 0, allow),
    ]
    # Only the ordinary policy, which ZeroMQ sets for its threads and cannot do without.
    program += [
        (equal, 0, 4, special["sched_setscheduler"]),
        (load, 0, 0, second_argument),
        (equal, 1, 0, 0),
        (leave, 0, 0, refuse),
        (leave, 0, 0, allow),
    ]
    unix = 1
    if sockets is not None:
        program += [
            (equal, 0, 4, special["socket"]),
            (load, 0, 0, first_argument),
            (equal, 1 if sockets else 0, 0, unix),
            (leave, 0, 0, refuse),
            (leave, 0, 0, allow),
        ]
    program.append((leave, 0, 0, allow))
    return program


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def seccomp(sockets: bool | None, *, everyone: bool = False) -> None:
    """Refuse the system calls that lead out, with ``EPERM``.

    Parameters
    ----------
    sockets
        Whether local (``AF_UNIX``) sockets may be made. Where the file system
        is the host's, they could reach its services, so not there, and there
        modes, owners and times of files stay as they are. Pairs of
        sockets are always allowed; network sockets never, except with ``None``,
        for what must come up in a network of its own before the student's turn.
    everyone
        Whether the filter is laid on all threads of the process, not on this one
        and those it starts.

    Raises
    ------
    WallError
        If the kernel refuses or the processor is not x86-64 or arm64.
    """
    program = _filter(sockets)
    packed = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    buffer = ctypes.create_string_buffer(packed, len(packed))
    descriptor = _Program(len(program), ctypes.cast(buffer, ctypes.c_void_p))
    _prctl(_PR_SET_NO_NEW_PRIVS, 1, "no new privileges")
    if everyone:
        call = _NUMBERS[platform.machine()][2]["seccomp"]
        result = _libc.syscall(
            call, _SECCOMP_FILTER, _SECCOMP_ALL_THREADS, ctypes.byref(descriptor)
        )
        # The number of a thread that could not be brought in line is as bad as an error.
        result = -1 if result > 0 else result
    else:
        result = _libc.prctl(
            _PR_SET_SECCOMP, ctypes.c_ulong(_SECCOMP_MODE_FILTER), ctypes.byref(descriptor), 0, 0
        )
    _check(result, "seccomp")
