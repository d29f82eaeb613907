/** A calendar that every calendar program can read, and that tells nobody whose visit it is. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { icalendar, type CalendarEvent } from '#lib/domain/icalendar.ts';
import { visitEvents } from '#lib/domain/visit-events.ts';
import { anyText } from '../../fixtures/arbitraries.ts';
import { propertyOptions } from '../../fixtures/property.ts';

const NOW = '2026-11-23T02:00:00.000Z';
const event = (part: Partial<CalendarEvent> = {}): CalendarEvent => ({
	uid: '1@connect10',
	startsAt: '2026-11-24T01:00:00.000Z',
	endsAt: '2026-11-24T02:00:00.000Z',
	sequence: 7,
	summary: '訪視・松泉村',
	description: null,
	isCancelled: false,
	...part
});
const file = (events: readonly CalendarEvent[]) => icalendar(events, { name: '訪視', now: NOW });
const unfold = (text: string) => text.replaceAll('\r\n ', '');

test('an event has its time in UTC, its number of changes, and says when it is called off', () => {
	const lines = unfold(file([event(), event({ isCancelled: true })])).split('\r\n');
	expect(lines.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0']);
	expect(lines).toContain('X-WR-CALNAME:訪視');
	expect(lines).toContain('UID:1@connect10');
	expect(lines).toContain('DTSTART:20261124T010000Z');
	expect(lines).toContain('DTEND:20261124T020000Z');
	expect(lines).toContain('DTSTAMP:20261123T020000Z');
	expect(lines).toContain('SEQUENCE:7');
	expect(lines.filter((line) => line.startsWith('STATUS:'))).toEqual([
		'STATUS:CONFIRMED',
		'STATUS:CANCELLED'
	]);
	expect(lines.filter((line) => line === 'CLASS:PRIVATE')).toHaveLength(2);
	expect(lines.filter((line) => line.startsWith('DESCRIPTION'))).toEqual([]);
	expect(lines.at(-2)).toBe('END:VCALENDAR');
	expect(unfold(file([event({ description: '2 項服務' })]))).toContain(
		'\r\nDESCRIPTION:2 項服務\r\n'
	);
	// The number of changes is 32 bits wide in every calendar program.
	expect(file([event({ sequence: 2 ** 40 })])).toContain('\r\nSEQUENCE:2147483647\r\n');
});

test('whatever a text holds: no line over 75 octets, none torn within a character, and it can be read back', () => {
	fc.assert(
		fc.property(anyText, anyText, (summary, description) => {
			const text = file([event({ summary, description })]);
			const bytes = new TextEncoder();
			for (const line of text.split('\r\n')) expect(bytes.encode(line).length).toBeLessThan(76);
			expect(text.isWellFormed()).toBe(true);
			expect(text).not.toMatch(/[^\r]\n|\r[^\n]/);
			const read = unfold(text)
				.split('\r\n')
				.find((line) => line.startsWith('SUMMARY:'))
				?.slice('SUMMARY:'.length)
				.replace(/\\(.)/g, (_, mark: string) => (mark === 'n' ? '\n' : mark));
			const kept = summary
				.toWellFormed()
				.replace(/\r\n?/g, '\n')
				.replace(/\p{Cc}/gu, (mark) => (mark === '\n' || mark > '\u007f' ? mark : ''));
			expect(read).toBe(kept);
		}),
		propertyOptions(300)
	);
});

test('of a visit it tells village, time and how many services, and nothing else', () => {
	const visit = {
		id: 'a1',
		starts_at: '2026-11-24T01:00:00.000Z',
		ends_at: '2026-11-24T02:00:00.000Z',
		status: 'planned' as const,
		seq: 3,
		village: '松泉村',
		services: 2
	};
	const words = {
		visit: (village: string | null) => village ?? '訪視',
		services: (count: number) => `${count} 項`
	};
	const other = { ...visit, status: 'cancelled', services: 0, village: null } as const;
	expect(visitEvents([visit, other], words)).toEqual([
		{
			uid: 'a1@connect10',
			startsAt: visit.starts_at,
			endsAt: visit.ends_at,
			sequence: 3,
			summary: '松泉村',
			description: '2 項',
			isCancelled: false
		},
		expect.objectContaining({ summary: '訪視', description: null, isCancelled: true })
	]);
});
