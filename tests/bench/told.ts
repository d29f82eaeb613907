/**
 * From a report to the notice on a phone whose app is closed: the product as it is served, a push service of our own that checks the signature
 * and decrypts, and Chromium's service worker, which shows it and says so. Times of each severity; the reports come at any moment of the engine's beat.
 */
import type { Page } from '@playwright/test';
import type { SupabaseClient } from '@supabase/supabase-js';
import { replaceSection, table } from '../../scripts/reliability/section.ts';
import { uuidV7 } from '#lib/domain/ids.ts';
import { databaseAs, everythingIsSynced, rowsOf, signIn } from '../fixtures/e2e-demo.ts';
import { Delivery, subscribeAt } from '../fixtures/e2e-push.ts';
import { makePushIdentity, PushService } from '../fixtures/push-service.ts';
import { freePort } from '../fixtures/postgres-cluster.ts';
import { inBrowser, onDemo } from './app-in-browser.ts';
import { median, type Report } from './figures.ts';
import type { BenchOptions } from './run.ts';

const SEVERITIES = ['red', 'orange', 'yellow'] as const;
type Severity = (typeof SEVERITIES)[number];
const REPORTS = { full: 20, quick: 3 };
/** Milliseconds between two looks of the engine. */
const BEAT_MS = 5000;

/** Milliseconds since the report was sent. */
interface Told {
	/** The push service has it. */
	readonly sentMs: number;
	/** The server knows that it stands on the phone. */
	readonly shownMs: number;
}

export async function told(report: Report, { quick, write }: BenchOptions): Promise<void> {
	const service = await PushService.start(await makePushIdentity(await freePort()));
	// The server is a child of this process.
	Object.assign(process.env, { PUSH_HOSTS: service.host, PUSH_TRUST: service.certificate });
	try {
		const times = await onDemo(1, async ({ baseURL, profile }) =>
			inBrowser(profile, baseURL, (page) =>
				measure(page, baseURL, service, quick ? REPORTS.quick : REPORTS.full)
			)
		);
		if (service.faults.length > 0) throw new Error(service.faults.join('\n'));
		for (const [severity, all] of times) {
			const { sent, shown } = summed(all);
			for (const [figure, values] of Object.entries({ sent, shown })) {
				report({
					bench: 'told',
					figure: `${severity}-${figure}-median`,
					value: values.median,
					unit: 's'
				});
				report({
					bench: 'told',
					figure: `${severity}-${figure}-longest`,
					value: values.longest,
					unit: 's'
				});
			}
		}
		if (write) replaceSection('told', written(times), 'escalation.md');
	} finally {
		await service.stop();
	}
}

async function measure(
	page: Page,
	baseURL: string,
	service: PushService,
	count: number
): Promise<Map<Severity, Told[]>> {
	const origin = new URL(baseURL).origin;
	await page.context().grantPermissions(['notifications'], { origin });
	await subscribeAt(service, page);
	await page.goto('/');
	await signIn(page, 'nurse');
	await everythingIsSynced(page);
	await page.goto('/settings/notices');
	await page.getByRole('button', { name: '在這支手機開啟通知' }).click();
	await page.getByText('這支手機的通知已開啟').waitFor();
	const phone = await Delivery.to(page);
	// The app is closed.
	await page.goto('about:blank');
	const [worker, nurse] = await Promise.all([
		databaseAs(baseURL, 'worker'),
		databaseAs(baseURL, 'nurse')
	]);
	const { data } = await nurse.auth.getUser();
	const [person] = await rowsOf(worker, 'cases', { name: '林阿嬤' });
	const caseId = String(person?.['id']);
	const times = new Map<Severity, Told[]>(SEVERITIES.map((severity) => [severity, []]));
	for (let nr = 0; nr < count; nr++)
		for (const severity of SEVERITIES) {
			await new Promise((resolve) => setTimeout(resolve, Math.random() * BEAT_MS));
			const startMs = Date.now();
			const id = await reportOne(worker, caseId, severity);
			const { payload } = await service.about(id);
			const sentMs = Date.now() - startMs;
			await phone.deliver(payload);
			await untilShown(nurse, id, data.user?.id ?? '');
			times.get(severity)?.push({ sentMs, shownMs: Date.now() - startMs });
		}
	return times;
}

async function reportOne(worker: SupabaseClient, caseId: string, severity: Severity) {
	const id = uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
	const now = new Date().toISOString();
	const { error } = await worker.from('emergencies').insert({
		id,
		case_id: caseId,
		severity,
		incident_type: 'FALL',
		occurred_at: now,
		recorded_at: now
	});
	if (error) throw error;
	return id;
}

/** Asked ten times a second: so exact is the figure. */
async function untilShown(nurse: SupabaseClient, id: string, userId: string): Promise<void> {
	for (;;) {
		const rows = await rowsOf(nurse, 'emergency_receipts', { emergency_id: id, user_id: userId });
		if (rows.some(({ channel, state }) => channel === 'push' && state === 'shown')) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

function summed(all: readonly Told[]) {
	const of = (values: readonly number[]) => ({
		median: median(values) / 1000,
		longest: Math.max(...values) / 1000
	});
	return {
		sent: of(all.map(({ sentMs }) => sentMs)),
		shown: of(all.map(({ shownMs }) => shownMs))
	};
}

function written(times: ReadonlyMap<Severity, readonly Told[]>): string {
	const seconds = (value: number) => `${value.toFixed(1)} s`;
	return table(
		[
			'severity',
			'reports',
			'at the push service, median',
			'longest',
			'shown on the phone, median',
			'longest'
		],
		[...times].map(([severity, all]) => {
			const { sent, shown } = summed(all);
			return [
				severity,
				String(all.length),
				seconds(sent.median),
				seconds(sent.longest),
				seconds(shown.median),
				seconds(shown.longest)
			];
		})
	);
}
