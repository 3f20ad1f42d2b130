# SPDX-License-Identifier: GPL-3.0-or-later
"""Who hears whom: every party of a call sounds a sine of its own, and a Goertzel filter finds the sines in what another one hears.

Frequencies are multiples of 10 Hz that are no part of a dial, ring or busy tone, so that a second of each can be repeated without a crack.
"""

import array
import collections
import math
import socket
import struct
import threading
import time

from patience import PATIENCE_S

CALLER, AGENT, COLLEAGUE, SUPERVISOR, OUTSIDE = 660, 500, 550, 880, 820
ON_HOLD, NOBODY = 350, 1000  # of tests/stack/asterisk: music on hold, and the end of the line
ALL = (CALLER, AGENT, COLLEAGUE, SUPERVISOR, OUTSIDE, ON_HOLD, NOBODY)

RATE, FRAME = 8000, 160  # G.711: samples a second, samples a packet (20 ms)
KEYS = 101  # payload type of keys
WINDOW = 0.2  # seconds that are listened to at once
SHARE = 0.12  # of the energy: less is noise


def encode(sample):
    """One sample of 16 bits as μ-law (ITU-T G.711)."""
    sign, magnitude = (0x80, -sample) if sample < 0 else (0, sample)
    magnitude = min(magnitude, 32635) + 132
    exponent = magnitude.bit_length() - 8
    return ~(sign | exponent << 4 | (magnitude >> (exponent + 3)) & 15) & 0xFF


def decode(byte):
    byte = ~byte & 0xFF
    magnitude = (((byte & 15) << 3) + 132 << (byte >> 4 & 7)) - 132
    return -magnitude if byte & 0x80 else magnitude


DECODED = [decode(byte) for byte in range(256)]


def sine(frequency):
    """A second of it, cut into packets."""
    samples = bytes(encode(round(8000 * math.sin(2 * math.pi * frequency * i / RATE))) for i in range(RATE))
    return [samples[i:i + FRAME] for i in range(0, RATE, FRAME)]


def find(samples, rate=RATE, frequencies=ALL):
    """The set of those frequencies that stand out."""
    count = len(samples)
    energy = sum(sample * sample for sample in samples) / count if count else 0
    if energy < 200 * 200:
        return frozenset()
    found = set()
    for frequency in frequencies:
        factor = 2 * math.cos(2 * math.pi * frequency / rate)
        last = before = 0.0
        for sample in samples:
            last, before = sample + factor * last - before, last
        if 2 * (last * last + before * before - factor * last * before) / (count * count) > SHARE * energy:
            found.add(frequency)
    return frozenset(found)


def find_in_file(path):
    """[frequencies in each window] of a WAV file of 16 bits, one channel, as Asterisk records."""
    data = path.read_bytes()
    samples = array.array("h", data[44:44 + (len(data) - 44) // 2 * 2])
    size = round(RATE * WINDOW)
    return [find(samples[i:i + size]) for i in range(0, len(samples) - size + 1, size)]


class Voice:
    """One party's end of RTP (RFC 3550): sounds a sine while it may, and keeps what it hears with the time of arrival."""

    def __init__(self, frequency):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(0.5)
        self.port = self.socket.getsockname()[1]
        self.frames = sine(frequency)
        self.peer = None  # (address, port), from the other's SDP
        self.sounding = True
        self.heard = collections.deque()  # (time, payload)
        self.pressed = {}  # keys that the other side pressed (RFC 4733), by the time stamp of their packets
        self.changed = threading.Condition()
        self.closed = False
        for work in (self.speak, self.listen):
            threading.Thread(target=work, daemon=True).start()

    def speak(self):
        number, due = 0, time.monotonic()
        while not self.closed:
            if self.peer and self.sounding:
                header = struct.pack(">BBHII", 0x80, 0, number & 0xFFFF, number * FRAME & 0xFFFFFFFF, self.port)
                self.socket.sendto(header + self.frames[number % len(self.frames)], self.peer)
            number += 1
            due += FRAME / RATE
            time.sleep(max(0, due - time.monotonic()))
        self.socket.close()

    def listen(self):
        while not self.closed:
            try:
                packet = self.socket.recv(2048)
            except TimeoutError:
                continue
            except OSError:
                return
            if packet[1] & 0x7F == KEYS and packet[12] < 16:
                with self.changed:
                    self.pressed[packet[4:8]] = "0123456789*#ABCD"[packet[12]]
                    self.changed.notify_all()
            elif packet[1] & 0x7F == 0:
                with self.changed:
                    self.heard.append((time.monotonic(), packet[12:]))
                    self.changed.notify_all()

    def now(self):
        """The frequencies of the last window. Packets that did not come are silence."""
        start = time.monotonic() - WINDOW
        with self.changed:
            payload = b"".join(payload for when, payload in self.heard if when >= start)
        if len(payload) < RATE * WINDOW / 2:
            return frozenset()
        return find([DECODED[byte] for byte in payload])

    def hears(self, *frequencies, timeout=PATIENCE_S):
        """Whether within the time just these are heard, all of them and no other, in two windows that share nothing."""
        end, since = time.monotonic() + timeout, None
        while time.monotonic() < end:
            if self.now() != frozenset(frequencies):
                since = None
            elif since is None:
                since = time.monotonic()
            elif time.monotonic() - since >= WINDOW:
                return True
            with self.changed:
                self.changed.wait(FRAME / RATE)
        return False

    def history(self):
        """[(from, to, frequencies)], in seconds since the first packet: who was heard, when."""
        with self.changed:
            packets = list(self.heard)
        windows = collections.defaultdict(bytes)
        for when, payload in packets:
            windows[int((when - packets[0][0]) / WINDOW)] += payload
        spans = []
        for index in range(max(windows, default=-1) + 1):
            tones = find([DECODED[byte] for byte in windows[index]])
            start, end = round(index * WINDOW, 1), round((index + 1) * WINDOW, 1)
            if spans and spans[-1][2] == tones:
                spans[-1] = (spans[-1][0], end, tones)
            else:
                spans.append((start, end, tones))
        return spans

    def close(self):
        self.closed = True
