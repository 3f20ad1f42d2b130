#!/usr/bin/env python3
"""From the start of a program to its first pixels, and its memory, measured alike for all: the frame buffer of an X server is read every 3 ms.

usage: start.py BUILDDIR        (with a session bus)
"""
import glob
import mmap
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time

PAINTED_BYTES = 200_000  # about 5 % of 1280x800


class Display:
    def __init__(self):
        self.folder = tempfile.mkdtemp()
        self.name = f":{200 + os.getpid() % 700}"
        self.server = subprocess.Popen(["Xvfb", self.name, "-screen", "0", "1280x800x24", "-fbdir", self.folder, "-nolisten", "tcp"], stderr=subprocess.DEVNULL)
        while not glob.glob(self.folder + "/Xvfb*"):
            time.sleep(0.02)
        time.sleep(0.3)
        with open(self.folder + "/Xvfb_screen0", "rb") as file:
            self.pixels = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)

    def painted(self):
        data = self.pixels[:]
        return len(data) - data.count(0)


def processes(pid):
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout.split()
    return [pid] + [p for child in children for p in processes(int(child))]


def memory_mb(pid):
    """Proportional and resident size of the process tree."""
    pss = rss = 0
    for process in processes(pid):
        try:
            for line in open(f"/proc/{process}/smaps_rollup"):
                pss += int(line.split()[1]) if line.startswith("Pss:") else 0
                rss += int(line.split()[1]) if line.startswith("Rss:") else 0
        except OSError:
            pass
    return pss / 1024, rss / 1024


def measure(display, command):
    base = display.painted()
    start = time.monotonic()
    process = subprocess.Popen(command, env=dict(os.environ, DISPLAY=display.name, GDK_BACKEND="x11"), stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)
    while display.painted() - base < PAINTED_BYTES and time.monotonic() - start < 20:
        time.sleep(0.003)
    first = time.monotonic() - start
    time.sleep(1.5)
    memory = memory_mb(process.pid)
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(3)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    time.sleep(0.4)
    return first, memory


def main():
    build = os.path.abspath(sys.argv[1])
    tree = os.path.dirname(os.path.dirname(build))
    os.environ["LIAISON_DATA"] = tempfile.mkdtemp()
    programs = {
        "liaison (sample data)": [os.path.join(tree, "tools/run-app"), build, "--sample"],
        "gnome-text-editor": ["gnome-text-editor", "--standalone"],
        "geary (no account)": ["geary"],
        "dino (no account)": ["dino-im"],
    }
    display = Display()
    for name, command in programs.items():
        runs = [measure(display, command) for _ in range(4)][1:]
        first = statistics.median(run[0] for run in runs)
        print(f"{name:24} first pixels {1000 * first:5.0f} ms   memory PSS {runs[-1][1][0]:4.0f} MB  RSS {runs[-1][1][1]:4.0f} MB", flush=True)
    display.server.terminate()


if __name__ == "__main__":
    main()
