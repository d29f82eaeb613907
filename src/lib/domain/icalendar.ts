/**
 * A calendar as RFC 5545 has it, for a phone's own calendar. Times in UTC, so that no time zone must be described; lines end in CRLF
 * and are folded at 75 octets, never inside a character.
 */
export interface CalendarEvent {
	/** The same for the same event in every file, so that a calendar replaces it. */
	readonly uid: string;
	/** Instants. */
	readonly startsAt: string;
	readonly endsAt: string;
	/** Grows with each change of the event. */
	readonly sequence: number;
	readonly summary: string;
	readonly description: string | null;
	readonly isCancelled: boolean;
}

const MOST_OCTETS = 75;
const MOST_SEQUENCE = 2_147_483_647;

/** @param now instant at which the file is made */
export function icalendar(
	events: readonly CalendarEvent[],
	{ name, now }: { readonly name: string; readonly now: string }
): string {
	const lines = [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//Connect 10//Care schedule//EN',
		'CALSCALE:GREGORIAN',
		'METHOD:PUBLISH',
		`X-WR-CALNAME:${escaped(name)}`,
		'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
		...events.flatMap((event) => eventLines(event, now)),
		'END:VCALENDAR'
	];
	return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventLines(event: CalendarEvent, now: string): string[] {
	const { uid, startsAt, endsAt, sequence, summary, description, isCancelled } = event;
	return [
		'BEGIN:VEVENT',
		`UID:${escaped(uid)}`,
		`DTSTAMP:${utc(now)}`,
		`DTSTART:${utc(startsAt)}`,
		`DTEND:${utc(endsAt)}`,
		`SEQUENCE:${Math.min(sequence, MOST_SEQUENCE)}`,
		`STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
		`SUMMARY:${escaped(summary)}`,
		...(description === null ? [] : [`DESCRIPTION:${escaped(description)}`]),
		'CLASS:PRIVATE',
		'END:VEVENT'
	];
}

/** `20261123T010000Z`. */
function utc(instant: string): string {
	return `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function escaped(text: string): string {
	return text
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		.replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '')
		.replace(/[\\;,]/g, (mark) => `\\${mark}`)
		.replace(/\n/g, '\\n');
}

/** A line that goes on begins with a space, which counts. */
function folded(line: string): string {
	let text = '';
	let octets = 0;
	for (const character of line) {
		const size = octetsOf(character.codePointAt(0) ?? 0);
		if (octets + size > MOST_OCTETS) {
			text += '\r\n ';
			octets = 1;
		}
		text += character;
		octets += size;
	}
	return text;
}

/** In UTF-8. */
function octetsOf(codePoint: number): number {
	if (codePoint < 0x80) return 1;
	if (codePoint < 0x800) return 2;
	return codePoint < 0x10000 ? 3 : 4;
}
