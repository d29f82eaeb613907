import { expect, test } from 'vitest';
import { heardBy, withoutSamePhone } from '#lib/features/emergencies/heard.ts';
import { anEmergency, aRow, NOW } from '../../fixtures/builders.ts';

const answer = (name: string) =>
	aRow('emergency_actions', { action: 'acknowledge', author_name: name, recorded_at: NOW });

test('everybody who has answered has heard', () => {
	const heard = heardBy(anEmergency(), [answer('護理師'), answer('督導')]);
	expect(heard.map(({ name, at }) => [name, at])).toEqual([
		['護理師', NOW],
		['督導', NOW]
	]);
});

test('an answer that is older than what the phone holds is told by the report', () => {
	const heard = { acknowledged_at: NOW, acknowledged_by_name: '護理師' };
	expect(heardBy(anEmergency(heard), [])).toMatchObject([
		{ name: '護理師', at: NOW, action: null }
	]);
	expect(heardBy(anEmergency(heard), [answer('督導')]).map(({ name }) => name)).toEqual(['督導']);
	expect(heardBy(anEmergency(), [])).toEqual([]);
});

test('a number that is there to call already is not offered twice', () => {
	const daughter = { name: '林秀華', phone: '0900-000-301' };
	const nurse = { name: '許美玲', phone: '0900000110' };
	for (const phone of ['0900000301', '+886 900 000 301', '０９００－０００－３０１'])
		expect(withoutSamePhone([{ ...daughter, phone }, nurse], [daughter])).toEqual([nurse]);
	const abroad = { name: '兒子', phone: '+1 555 0100' };
	expect(withoutSamePhone([abroad, nurse], [abroad])).toEqual([nurse]);
});
