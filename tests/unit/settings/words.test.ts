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

test.each([
	['waiting', { online: false }, 'offline'],
	['waiting', { online: false, pendingCount: 1 }, 'waiting'],
	['synced', {}, 'synced'],
	// What was so before the network went is not said as if it were so now.
	['synced', { online: false }, 'offline'],
	['signed_out', { online: false }, 'signed_out'],
	// What needs a person does not go by itself; what waits beside it does.
	['waiting', { attentionCount: 1 }, 'attention'],
	['waiting', { attentionCount: 1, online: false }, 'attention'],
	['waiting', { attentionCount: 1, pendingCount: 1 }, 'waiting'],
	['syncing', { attentionCount: 1 }, 'syncing']
] as const)('%s with %o is shown as %s', (phase, part, shown) => {
	const quiet = { online: true, pendingCount: 0, attentionCount: 0 };
	expect(syncState({ ...quiet, phase, ...part })).toBe(shown);
});
