import { expect, test } from 'vitest';
import { describeError } from '#lib/app/errors.ts';
import { StorageError } from '#lib/db/storage-error.ts';

test.each([
	[new StorageError('quota', null), 'storage_quota', 'toast'],
	[new StorageError('closed', null), 'storage_closed', 'toast'],
	[new StorageError('unexpected', null), 'storage_unexpected', 'toast'],
	[new TypeError('Failed to fetch dynamically imported module: /_app/x.js'), 'load_chunk', 'page'],
	[new TypeError('Importing a module script failed.'), 'load_chunk', 'page'],
	[new TypeError('x is undefined'), 'unexpected', 'page'],
	['thrown text', 'unexpected', 'page']
])('%s is said in words', (thrown, kind, severity) => {
	const described = describeError(thrown);
	expect(described).toMatchObject({ kind, severity });
	expect(described.text).toMatch(/。$/);
});
