import { expect, test } from 'vitest';
import { sizeWords } from '#lib/features/settings/sizes.ts';
import { syncState } from '#lib/features/settings/sync-state.ts';
import { releaseOf, versionWords } from '#lib/features/settings/version-words.ts';

test.each([
	[0, '0 B'],
	[999, '999 B'],
	[1000, '1.0 KB'],
	[1_550_000, '1.6 MB'],
	[123_456_789, '123 MB'],
	[10_700_000_000, '10.7 GB']
])('%d bytes are %s', (bytes, words) => expect(sizeWords(bytes)).toBe(words));

test('the version is a release and the time of its build', () => {
	expect(versionWords('0.1.0+20261122015133123')).toBe('0.1.0 (2026-11-22 01:51 UTC)');
	expect(releaseOf('0.1.0+20261122015133123')).toBe('0.1.0');
	expect(versionWords('dev')).toBe('dev');
});

test('offline with nothing to send is no waiting', () => {
	expect(syncState({ phase: 'waiting', online: false, pendingCount: 0 })).toBe('offline');
	expect(syncState({ phase: 'waiting', online: false, pendingCount: 1 })).toBe('waiting');
	expect(syncState({ phase: 'synced', online: true, pendingCount: 0 })).toBe('synced');
});

test('what was so before the network went is not said as if it were so now', () => {
	expect(syncState({ phase: 'synced', online: false, pendingCount: 0 })).toBe('offline');
	expect(syncState({ phase: 'signed_out', online: false, pendingCount: 0 })).toBe('signed_out');
});
