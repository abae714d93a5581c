"""Parts as a Standard MIDI File (format 1), written with mido.

Knows channels, controls and meta events; the first track holds tempo, bars and the story's marks.
"""

import io
from collections.abc import Iterable, Sequence

import mido  # type: ignore[import-untyped]

from aiprod.media.score.form import TICKS, Form
from aiprod.media.score.parts import Part

_DRUM_CHANNEL = 9
_REVERB = 62


def write_midi(form: Form, parts: Sequence[Part], title: str) -> bytes:
    """The file's bytes; the same parts give the same bytes."""
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS)
    file.tracks.append(_conductor(form, title))
    channels = iter(channel for channel in range(16) if channel != _DRUM_CHANNEL)
    for part in parts:
        file.tracks.append(_track(part, _DRUM_CHANNEL if part.drums else next(channels), form.end_tick))
    content = io.BytesIO()
    file.save(file=content)
    return content.getvalue()


def _conductor(form: Form, title: str) -> mido.MidiTrack:
    events: list[tuple[int, mido.MetaMessage]] = [(0, mido.MetaMessage("track_name", name=title))]
    bar_before = 0
    for phrase in form.phrases:
        tick = phrase.start_tick
        events.append((tick, mido.MetaMessage("set_tempo", tempo=phrase.microseconds_per_quarter)))
        events.append((tick, mido.MetaMessage("marker", text=phrase.role)))
        for bar in phrase.bars:
            if bar != bar_before:
                beats = form.meter.numerator * bar // form.meter.bar_ticks
                signature = mido.MetaMessage("time_signature", numerator=beats, denominator=form.meter.denominator)
                events.append((tick, signature))
                bar_before = bar
            tick += bar
    events.append((form.final_tick, mido.MetaMessage("marker", text="final")))
    return _timed(events, form.end_tick)


def _track(part: Part, channel: int, end_tick: int) -> mido.MidiTrack:
    def control(number: int, value: int) -> mido.Message:
        return mido.Message("control_change", channel=channel, control=number, value=value)

    events: list[tuple[int, mido.Message | mido.MetaMessage]] = [
        (0, mido.MetaMessage("track_name", name=part.name)),
        (0, mido.Message("program_change", channel=channel, program=part.program)),
        (0, control(7, part.volume)), (0, control(10, part.pan)), (0, control(91, _REVERB)), (0, control(11, 112)),
    ]  # fmt: skip
    events += [(tick, control(11, value)) for tick, value in part.swells]
    for note in part.notes:
        end = min(note.tick + note.ticks, end_tick)
        events.append((note.tick, mido.Message("note_on", channel=channel, note=note.pitch, velocity=note.velocity)))
        events.append((end, mido.Message("note_off", channel=channel, note=note.pitch, velocity=0)))
    return _timed(events, end_tick)


def _timed(events: Iterable[tuple[int, mido.Message | mido.MetaMessage]], end_tick: int) -> mido.MidiTrack:
    """Events in order with the ticks between them; at one tick a note ends before the next begins."""
    track = mido.MidiTrack()
    now = 0
    for tick, message in sorted(events, key=lambda event: (event[0], event[1].type == "note_on")):
        track.append(message.copy(time=tick - now))
        now = tick
    track.append(mido.MetaMessage("end_of_track", time=max(0, end_tick - now)))
    return track
