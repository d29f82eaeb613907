/** What a rule that makes tasks would have made, asked before it is switched on. */
import * as v from 'valibot';
import type { RuleFacts } from '#lib/domain/task-rules.ts';
import { VITAL_KINDS } from '#lib/domain/vital-signs.ts';
import type { RemoteAnswer } from '#lib/protocol/answers.ts';
import type { Calls } from './calls.ts';

const vital = v.picklist(VITAL_KINDS);
const becauseSchema = v.variant('kind', [
	v.object({
		kind: v.literal('missed_visit'),
		visit_id: v.string(),
		starts_at: v.string(),
		status: v.string(),
		worker_name: v.nullable(v.string())
	}),
	v.object({
		kind: v.literal('measurement_overdue'),
		vital,
		last_at: v.string(),
		days: v.number()
	}),
	v.object({
		kind: v.literal('abnormal_values'),
		vital,
		count: v.number(),
		days: v.number(),
		last_at: v.string(),
		value: v.number(),
		value2: v.nullable(v.number())
	}),
	v.object({ kind: v.literal('plan_ends'), valid_until: v.string(), days: v.number() }),
	v.object({ kind: v.literal('discharge'), discharged_on: v.string(), days: v.number() })
]);
const findingsSchema = v.object({
	count: v.number(),
	items: v.array(v.object({ case_name: v.string(), because: becauseSchema }))
});

export async function previewTaskRule(
	calls: Calls,
	orgId: string,
	{ kind, params }: RuleFacts
): Promise<RemoteAnswer<v.InferOutput<typeof findingsSchema>>> {
	const request = { org_id: orgId, kind, params: { ...params } };
	return await calls.rpc('preview_task_rule', { request }, findingsSchema);
}
