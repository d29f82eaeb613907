import { describe, expect, it } from 'vitest';
import { publicOrigin } from '#lib/server/config.ts';
import { readEngineSettings } from '#lib/server/notifier/start-engine.ts';

describe('ORIGIN', () => {
	it('is the origin of the address, or nothing', () => {
		expect(publicOrigin({ ORIGIN: ' https://care.example.org/app ' })).toBe(
			'https://care.example.org'
		);
		expect(publicOrigin({ ORIGIN: '' })).toBeNull();
		expect(publicOrigin({})).toBeNull();
	});

	it.each(['care.example.org', 'localhost:3000', 'mailto:care@example.org', 'https://'])(
		'%s stops the server with words that its operator can act on',
		(ORIGIN) => {
			const problem = { name: 'StartupProblem', message: expect.stringContaining(ORIGIN) };
			expect(() => publicOrigin({ ORIGIN })).toThrow(expect.objectContaining(problem));
			expect(() => readEngineSettings({ ORIGIN })).toThrow(expect.objectContaining(problem));
		}
	);
});
