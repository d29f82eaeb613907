import { expect, test } from 'vitest';
import { placeOf } from '#lib/app/nav-places.ts';

test.each([
	['/', '/'],
	['/schedule', '/'],
	['/visits/1', '/'],
	['/emergencies/new', '/'],
	['/cases', '/cases'],
	['/cases/1/edit', '/cases'],
	['/casesx', '/'],
	['/settings/sync', '/settings']
])('%s belongs to %s', (path, place) => expect(placeOf(path)).toBe(place));
