"""Code that reads what it must not, writes where it must not, or calls out."""

from __future__ import annotations

from .case import FULL, WITHOUT_MEAN, Family, answers, right_then

reading = Family("reading what is not theirs")
writing = Family("writing outside")
network = Family("network")

# Kept apart, so that this text is found in a graded notebook only if it was read.
LOOT = "LOOT" + "ED"
STUB = "\ndef mean_wait(minutes):\n    return None\n"

for name, source in {
    "solutions-from-disk": """
import glob
found = [p for root in ('{course}', '/', '/work', '/home', '/root', '/tmp')
         for p in glob.glob(root + '/**/solutions/**/queue.ipynb', recursive=True)[:3]]
for path in found:
    print('LOOT' 'ED', open(path).read()[:80])
""",
    "classmates-from-disk": """
import glob
for path in glob.glob('{course}/submitted/*/toy/queue.ipynb') + glob.glob('../../*/toy/*.ipynb'):
    print('LOOT' 'ED', path, open(path).read()[:80])
""",
    "gradebook-from-disk": """
import sqlite3
book = sqlite3.connect('file:{course}/gradebook.db?mode=ro', uri=True)
print('LOOT' 'ED', book.execute('select count(*) from grade').fetchall())
""",
    "hidden-tests-from-the-release": """
print('LOOT' 'ED', open('{course}/solutions/toy/queue.ipynb').read()[:80])
""",
    "home-folder": """
import os, pathlib
home = pathlib.Path(os.path.expanduser('~root'))
print('LOOT' 'ED', (home / '.profile').read_text()[:80])
""",
    "other-processes": """
import os
for pid in os.listdir('/proc'):
    if pid.isdigit() and int(pid) not in (os.getpid(), os.getppid()):
        text = open(f'/proc/{pid}/cmdline').read()
        if 'classroom' in text or 'pytest' in text:
            print('LOOT' 'ED', text)
""",
    "memory-of-its-parent": """
import os
with open(f'/proc/{os.getppid()}/mem', 'rb') as memory:
    memory.seek(4096 * 4096)
    print('LOOT' 'ED', memory.read(16))
""",
    "open-files-it-was-given": """
import os
for fd in os.listdir('/proc/self/fd'):
    target = os.readlink(f'/proc/self/fd/{fd}')
    if '{course}' in target:
        print('LOOT' 'ED', target)
""",
    "the-environment": """
import os
for name, value in os.environ.items():
    if 'CLASSROOM_TEST_SECRET' in name or '{course}' in value:
        print('LOOT' 'ED', name, value)
""",
}.items():
    attempt = (
        f"try:\n    exec({source!r}.replace('{{course}}', COURSE))\n"
        "except BaseException as refused:\n    print('refused', type(refused).__name__)\n"
    )
    reading.add(
        name,
        # The folder of the course is easy to guess; the test puts the real one in.
        answers(mean_wait="COURSE = '@COURSE@'\n" + attempt + STUB),
        WITHOUT_MEAN,
        absent=(LOOT,),
    )

for name, source in {
    "marks-in-the-gradebook": """
import sqlite3
book = sqlite3.connect('{course}/gradebook.db')
book.execute('update grade set manual_score = 100')
book.commit()
""",
    "deletes-a-classmates-work": """
import shutil, glob
for folder in glob.glob('{course}/submitted/*-honest'):
    shutil.rmtree(folder, ignore_errors=True)
""",
    "changes-the-solutions": "open('{course}/solutions/toy/queue.ipynb', 'w').write('gone')",
    "leaves-a-file-in-the-course": "open('{course}/ESCAPED', 'w').write('x')",
    "leaves-a-file-in-tmp": "open('/tmp/classroom-ESCAPED', 'w').write('x')",
    "leaves-a-file-at-home": """
import os
open(os.path.expanduser('~root') + '/classroom-ESCAPED', 'w').write('x')
""",
    "changes-the-library": """
import numpy
open(numpy.__file__, 'a').write('# ESCAPED')
""",
    "leaves-shared-memory": """
from multiprocessing import shared_memory
shared_memory.SharedMemory('classroom_ESCAPED', create=True, size=16)
""",
    "becomes-somebody-else": """
import os
os.setuid(0)
open('/etc/classroom-ESCAPED', 'w').write('x')
""",
    "new-namespaces": """
import ctypes
libc = ctypes.CDLL(None)
libc.unshare(0x10000000 | 0x00020000)
libc.mount(b'none', b'/tmp', b'tmpfs', 0, None)
open('{course}/ESCAPED', 'w').write('x')
""",
}.items():
    writing.add(
        name,
        right_then(
            f"try:\n    exec({source!r}.replace('{{course}}', '@COURSE@'))\n"
            "except BaseException as refused:\n    print('refused', type(refused).__name__)"
        ),
        FULL,
    )

for name, source in {
    "tcp": "s = socket.create_connection(('127.0.0.1', @PORT@), timeout=2); s.send(b'x')",
    "udp": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', @PORT@))",
    "abstract-socket": "s = socket.socket(socket.AF_UNIX); s.connect('\\0classroom-@PORT@')",
    "http": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:@PORT@/', timeout=2)",
    "raw-socket": (
        "s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 17); s.connect(('127.0.0.1', @PORT@))"
        "; s.send(bytes(64))"
    ),
}.items():
    network.add(
        name,
        right_then(
            f"import socket\ntry:\n    {source}\n    print('LOOT' 'ED')\n"
            "except BaseException as refused:\n    print('refused', type(refused).__name__)"
        ),
        FULL,
    )

FAMILIES = [reading, writing, network]
