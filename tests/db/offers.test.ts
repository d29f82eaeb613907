/** A colleague is asked to make a visit: who sees what before and after, who may answer, and that one acceptance wins. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterOfferStep, type OfferStatus, type OfferStep } from '#lib/domain/offers.ts';
import { aRow, CASES, hoursFromNow, membershipOf, ORGS, PEOPLE } from '../fixtures/db-world.ts';
import { programTimeoutMs, propertyOptions } from '../fixtures/property.ts';
import { Phone } from './harness.ts';
import { offerHand } from './offer-hand.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const RUNS = 12;

const { say, accept, decline, withdraw, aVisit, ask, statusOf, workerOf, pass, phoneOf } =
	offerHand(db);
const at = () => hoursFromNow(0);
const inside = { inside: true };

describe('before an answer', () => {
	test('the asked colleague sees village, time and codes, and nothing that says whose visit it is', async () => {
		await db.sql(`update public.cases set village = '三地村' where id = $1`, [CASES.ayue]);
		const visit = await aVisit({ note: '有失智，鑰匙在花盆下' });
		const offer = await ask(visit);
		const phone = await phoneOf('outside');
		expect(phone.of('offered_visits')).toMatchObject([
			{
				id: offer,
				village: '三地村',
				planned_codes: ['BA01'],
				status: 'offered',
				offered_by_name: '梅個管'
			}
		]);
		for (const table of ['visit_offers', 'visits', 'cases', 'case_members'])
			expect(phone.of(table), table).toEqual([]);
		const everything = JSON.stringify([...phone.rows.values()]);
		expect(everything).not.toContain(CASES.ayue);
		expect(everything).not.toMatch(/阿月|失智|花盆/);
	});

	test('staff of the case see that somebody is asked; family, colleagues and strangers do not', async () => {
		const offer = await ask(await aVisit());
		for (const person of ['worker', 'nurse', 'therapist', 'manager', 'supervisor'] as const) {
			const phone = await phoneOf(person);
			expect(
				phone.of('visit_offers').map(({ id }) => id),
				person
			).toEqual([offer]);
			expect(phone.of('offered_visits'), person).toEqual([]);
		}
		for (const person of ['family', 'removed', 'outsider'] as const) {
			const phone = await phoneOf(person);
			expect([...phone.of('visit_offers'), ...phone.of('offered_visits')], person).toEqual([]);
		}
	});

	test('the asked colleague is told, without the case', async () => {
		const offer = await ask(await aVisit());
		expect(
			await db.sql(
				`select user_id, case_id, subject_table from public.notices where kind = 'visit_offered' and subject_id = $1`,
				[offer]
			)
		).toEqual([{ user_id: PEOPLE.outside, case_id: null, subject_table: 'offered_visits' }]);
	});

	test('only who works for the organisation is asked, not who goes already, and never a supervisor', async () => {
		const visit_id = await aVisit();
		for (const [fields, refusal] of [
			[{ user_id: PEOPLE.former }, 'rejected unknown_person'],
			[{ user_id: PEOPLE.family }, 'rejected unknown_person'],
			[{ user_id: PEOPLE.supervisor }, 'rejected not_in_this_role'],
			[{ user_id: PEOPLE.worker }, 'rejected wrong_state'],
			[{ org_id: ORGS.haixian }, 'rejected not_allowed'],
			[{ case_id: CASES.atu }, 'rejected missing_reference']
		] as const)
			expect(
				await say('manager', 'visit_offer.make', { row: aRow.offer({ visit_id, ...fields }) }),
				JSON.stringify(fields)
			).toBe(refusal);
		const begun = await aVisit({ status: 'checked_in' });
		expect(await say('manager', 'visit_offer.make', { row: aRow.offer({ visit_id: begun }) })).toBe(
			'rejected wrong_state'
		);
	});

	test('a phone cannot make an offer that is accepted already, nor one that outlives the visit', async () => {
		const offer = await ask(await aVisit(), {
			status: 'accepted',
			answered_at: at(),
			expires_at: hoursFromNow(99)
		});
		expect(
			await db.sql(
				'select status, answered_at, expires_at = ends_at as ends_with_visit from public.visit_offers where id = $1',
				[offer]
			)
		).toEqual([{ status: 'offered', answered_at: null, ends_with_visit: true }]);
	});
});

describe('a yes', () => {
	test('gives the visit, opens the case to the end of the day after, and calls off the other offers', async () => {
		const visit = await aVisit();
		const [mine, other] = [await ask(visit), await ask(visit, { user_id: PEOPLE.removed })];
		expect(await accept('outside', mine)).toBe('ok');
		expect(await workerOf(visit)).toBe(PEOPLE.outside);
		expect([await statusOf(mine), await statusOf(other)]).toEqual(['accepted', 'withdrawn']);

		const phone = await phoneOf('outside');
		expect(phone.of('visits').map(({ id }) => id)).toContain(visit);
		expect(phone.of('cases').map(({ id }) => id)).toEqual([CASES.ayue]);
		expect(phone.of('offered_visits')).toMatchObject([{ status: 'accepted' }]);
		expect((await phoneOf('removed')).of('offered_visits')).toMatchObject([
			{ status: 'withdrawn' }
		]);
		expect(
			await db.sql(
				`select m.role, m.ended_at, m.until_at = (private.taipei_day(v.ends_at) + 2)::timestamp at time zone 'Asia/Taipei' as day_after
				from public.case_members m join public.visits v on v.id = $2 where m.user_id = $1 and m.case_id = $3`,
				[PEOPLE.outside, visit, CASES.ayue]
			)
		).toEqual([{ role: 'worker', ended_at: null, day_after: true }]);
		expect(
			await db.sql(
				`select user_id, data ->> 'status' as status from public.notices where kind = 'visit_offer_answered' and subject_id = $1`,
				[mine]
			)
		).toEqual([{ user_id: PEOPLE.manager, status: 'accepted' }]);
	});

	test('is kept once when it is said twice', async () => {
		const offer = await ask(await aVisit());
		expect(await accept('outside', offer)).toBe('ok');
		expect(await accept('outside', offer)).toBe('ok');
		expect(
			await db.value(
				'select count(*)::int from public.case_members where user_id = $1 and ended_at is null and until_at is not null',
				[PEOPLE.outside]
			)
		).toBe(1);
	});

	test('that comes too late by the server’s clock changes nothing', async () => {
		const visit = await aVisit();
		const offer = await ask(visit);
		await pass('visit_offers', offer, 'expires_at');
		expect(await accept('outside', offer)).toBe('rejected offer_expired');
		expect([await statusOf(offer), await workerOf(visit)]).toEqual(['offered', PEOPLE.worker]);
	});

	test('to a visit that was given away, called off, moved or begun meanwhile is refused with the reason', async () => {
		for (const [name, args, refusal] of [
			['visit.patch', { patch: { worker_id: [PEOPLE.worker, PEOPLE.nurse] } }, 'rejected taken'],
			['visit.cancel', { at: at(), reason: '住院' }, 'rejected offer_withdrawn'],
			['visit.patch', { patch: { ends_at: [null, hoursFromNow(3)] } }, 'rejected offer_withdrawn']
		] as const) {
			const id = await aVisit();
			const offer = await ask(id);
			expect(await say('manager', name, { id, ...args })).toMatch(/^(ok|conflict)$/);
			expect(await statusOf(offer), name).toBe('withdrawn');
			expect(await accept('outside', offer), name).toBe(refusal);
		}
		const begun = await aVisit();
		const offer = await ask(begun);
		expect(await say('worker', 'visit.check_in', { id: begun, at: at() })).toBe('ok');
		expect(await accept('outside', offer)).toBe('rejected offer_withdrawn');
		expect(await workerOf(begun)).toBe(PEOPLE.worker);
	});

	test('is not awaited from who has left: planners see that it was taken back, other offers stand', async () => {
		const visit = await aVisit();
		const offer = await ask(visit);
		const other = await ask(visit, { user_id: PEOPLE.removed });
		expect(
			await say('supervisor', 'membership.end', {
				id: membershipOf('outside'),
				at: at(),
				reason: '離職'
			})
		).toBe('ok');
		expect([await statusOf(offer), await statusOf(other)]).toEqual(['withdrawn', 'offered']);
		const planner = await phoneOf('manager');
		expect(planner.of('visit_offers').find(({ id }) => id === offer)).toMatchObject({
			status: 'withdrawn'
		});
	});

	test('of somebody else, or of who has left, gives nothing', async () => {
		const visit = await aVisit();
		const offer = await ask(visit);
		for (const person of ['removed', 'nurse', 'manager', 'supervisor', 'outsider'] as const)
			expect(await accept(person, offer), person).toBe('rejected not_found');
		await db.sql('update public.memberships set ended_at = now() where user_id = $1', [
			PEOPLE.outside
		]);
		expect(await accept('outside', offer)).toBe('rejected not_allowed');
		expect(await workerOf(visit)).toBe(PEOPLE.worker);
	});

	test('is said through the one door: nobody writes it into the row, nor takes a visit that they once agreed to', async () => {
		const visit = await aVisit();
		const offer = await ask(visit, { user_id: PEOPLE.nurse });
		expect(
			await db.attempt(
				'nurse',
				`update public.visit_offers set status = 'accepted' where id = $1`,
				[offer]
			)
		).toMatchObject({ code: '42501' });
		expect(
			await db.attempt(
				'manager',
				`update public.visit_offers set status = 'declined', decline_reason = 'time' where id = $1`,
				[offer]
			)
		).toMatchObject({ code: '42501' });
		const second = await ask(visit);
		expect(await accept('outside', second)).toBe('ok');
		await db.sql('update public.visits set worker_id = $2 where id = $1', [visit, PEOPLE.worker]);
		expect(
			await db.attempt('outside', 'update public.visits set worker_id = $2 where id = $1', [
				visit,
				PEOPLE.outside
			])
		).toMatchObject({ code: '42501' });
	});
});

describe('a no', () => {
	test('has one of four reasons, and tells who asked', async () => {
		const offer = await ask(await aVisit());
		expect(await decline('outside', offer, '我發燒')).toMatch(/^rejected/);
		expect(await decline('outside', offer, 'distance')).toBe('ok');
		expect(await statusOf(offer)).toBe('declined');
		expect(
			await db.value(
				`select data ->> 'status' from public.notices where kind = 'visit_offer_answered' and subject_id = $1`,
				[offer]
			)
		).toBe('declined');
		expect((await phoneOf('outside')).of('cases')).toEqual([]);
	});

	test('to what is no longer asked disturbs nobody', async () => {
		const offer = await ask(await aVisit());
		expect(await withdraw('nurse', offer)).toBe('ok');
		expect(await withdraw('supervisor', offer)).toBe('ok');
		expect(await decline('outside', offer)).toBe('ok');
		expect(await statusOf(offer)).toBe('withdrawn');
		expect(await withdraw('worker', offer)).toMatch(/^rejected/);
	});
});

describe('a place for a time', () => {
	async function aSubstitute(): Promise<string> {
		const visit = await aVisit();
		expect(await accept('outside', await ask(visit))).toBe('ok');
		return await db.value<string>(
			'select id from public.case_members where user_id = $1 and until_at is not null',
			[PEOPLE.outside]
		);
	}

	test('opens nothing once its time is over, also to a direct read, and is then written down as ended', async () => {
		const place = await aSubstitute();
		const phone = await phoneOf('outside');
		expect(phone.of('cases')).toHaveLength(1);
		await pass('case_members', place, 'until_at');
		expect(
			await db.as('outside', 'select id from public.cases where id = $1', [CASES.ayue])
		).toEqual([]);
		expect(await say('outside', 'measurement.add', { row: aRow.measurement() })).toMatch(
			/^rejected/
		);
		await phone.pull(inside);
		expect(phone.of('cases')).toEqual([]);
		expect(
			await db.value('select ended_at = until_at from public.case_members where id = $1', [place])
		).toBe(true);
	});

	test('work that was done while it lasted still comes in afterwards', async () => {
		const place = await aSubstitute();
		await pass('case_members', place, 'until_at');
		const [result] = await new Phone(db, 'outside').push(
			[
				{
					name: 'measurement.add',
					at: hoursFromNow(-1),
					args: { row: aRow.measurement({ measured_at: hoursFromNow(-1) }) }
				}
			],
			inside
		);
		expect(result).toMatchObject({ verdict: 'ok' });
	});

	test('gives way to a place that stays', async () => {
		const place = await aSubstitute();
		const row = {
			id: randomUUID(),
			case_id: CASES.ayue,
			user_id: PEOPLE.outside,
			role: 'worker',
			display_name: '?'
		};
		expect(await say('manager', 'case_member.add', { row })).toBe('ok');
		expect(
			await db.sql(
				'select id, ended_at is null as stands, until_at from public.case_members where user_id = $1 and case_id = $2 and id in ($3, $4) order by ended_at nulls first',
				[PEOPLE.outside, CASES.ayue, row.id, place]
			)
		).toMatchObject([
			{ id: row.id, stands: true, until_at: null },
			{ id: place, stands: false }
		]);
	});

	test('lasts for the latest of several visits; who belongs to the circle anyway keeps their place', async () => {
		await aSubstitute();
		const later = await aVisit({ starts_at: hoursFromNow(72), ends_at: hoursFromNow(73) });
		expect(await accept('outside', await ask(later))).toBe('ok');
		expect(
			await db.sql(
				`select until_at > now() + interval '3 days' as later from public.case_members where user_id = $1 and until_at is not null`,
				[PEOPLE.outside]
			)
		).toEqual([{ later: true }]);
		const own = await aVisit();
		expect(await accept('nurse', await ask(own, { user_id: PEOPLE.nurse }))).toBe('ok');
		expect(
			await db.value(
				'select until_at from public.case_members where user_id = $1 and case_id = $2',
				[PEOPLE.nurse, CASES.ayue]
			)
		).toBeNull();
	});
});

test(
	'whatever is said in whatever order, an offer takes the steps that the domain allows, and at most one is accepted',
	async () => {
		const step = fc.record({
			step: fc.constantFrom<OfferStep>('accept', 'decline', 'withdraw'),
			who: fc.constantFrom(0, 1)
		});
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
				await db.exec('savepoint program');
				const asked = ['outside', 'removed'] as const;
				const visit = await aVisit();
				const offers: string[] = [];
				for (const person of asked) offers.push(await ask(visit, { user_id: PEOPLE[person] }));
				const model: OfferStatus[] = ['offered', 'offered'];
				for (const { step, who } of steps) {
					const [person, offer] = [asked[who] ?? 'outside', offers[who] ?? ''];
					if (step === 'accept') await accept(person, offer);
					else if (step === 'decline') await decline(person, offer);
					else await withdraw('manager', offer);
					const reached = afterOfferStep(model[who] ?? 'offered', step);
					if (reached === 'accepted')
						model.forEach((status, index) => {
							model[index] =
								afterOfferStep(status, index === who ? 'accept' : 'withdraw') ?? status;
						});
					else if (reached !== null) model[who] = reached;
					const stands = [];
					for (const id of offers) stands.push(await statusOf(id));
					expect(stands, JSON.stringify(steps)).toEqual(model);
				}
				const accepted = model.indexOf('accepted');
				expect(await workerOf(visit)).toBe(
					accepted < 0 ? PEOPLE.worker : PEOPLE[asked[accepted] ?? 'outside']
				);
				const shown = await db.sql<{ status: string }>(
					'select status from public.offered_visits where visit_id = $1 order by array_position($2::uuid[], id)',
					[visit, offers]
				);
				expect(shown.map(({ status }) => status)).toEqual(model);
				await db.exec('rollback to program');
			}),
			propertyOptions(RUNS)
		);
	},
	programTimeoutMs(RUNS)
);
