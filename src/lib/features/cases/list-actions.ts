/** What nurses and planners do to the medication list, to tubes and devices and to the plan's codes: one intent each, stored on this phone first. */
import type {
	CaseDeviceRow,
	CaseMedicationRow,
	CasePlanCodeRow
} from '#lib/domain/care-list-rows.ts';
import type { Patch } from '#lib/domain/mutations/catalogue.ts';
import type { Workspace } from '#lib/sync/workspace.ts';
import { undoMs } from '#lib/ui/toasts.svelte.ts';
import type { DeviceValues, MedicationValues } from './list-forms.ts';
import type { PlanCodeValues } from './plan-code-form.ts';

export async function addMedication(
	ws: Workspace,
	caseId: string,
	values: MedicationValues
): Promise<void> {
	await ws.commit('medication.add', { row: { ...values, id: ws.newId(), case_id: caseId } });
}

export async function changeMedication(
	ws: Workspace,
	id: string,
	patch: Patch<CaseMedicationRow>
): Promise<void> {
	if (Object.keys(patch).length > 0) await ws.commit('medication.patch', { id, patch });
}

export async function addDevice(
	ws: Workspace,
	caseId: string,
	values: DeviceValues
): Promise<void> {
	await ws.commit('device.add', { row: { ...values, id: ws.newId(), case_id: caseId } });
}

export async function changeDevice(
	ws: Workspace,
	id: string,
	patch: Patch<CaseDeviceRow>
): Promise<void> {
	if (Object.keys(patch).length > 0) await ws.commit('device.patch', { id, patch });
}

export async function addPlanCode(
	ws: Workspace,
	caseId: string,
	values: PlanCodeValues
): Promise<void> {
	await ws.commit('plan_code.add', { row: { ...values, id: ws.newId(), case_id: caseId } });
}

export async function changePlanCode(
	ws: Workspace,
	id: string,
	patch: Patch<CasePlanCodeRow>
): Promise<void> {
	if (Object.keys(patch).length > 0) await ws.commit('plan_code.patch', { id, patch });
}

/** Held back for as long as its undo is offered. @returns mids for `retract` */
export async function endListed(
	ws: Workspace,
	name: 'medication.end' | 'device.end' | 'plan_code.end',
	id: string,
	reason: string
): Promise<readonly string[]> {
	const { mid } = await ws.commit(name, { id, at: ws.now(), reason }, { holdMs: undoMs });
	return [mid];
}
