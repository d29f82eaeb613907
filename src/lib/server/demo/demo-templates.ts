/** Templates of tasks of the demo organisation, and one task that comes again. */
import { addDays, instantAt } from '#lib/domain/taiwan-dates.ts';
import type { TaskTemplateRow } from '#lib/domain/task-templates.ts';
import type { Circle } from './demo-events.ts';
import type { Carer } from './demo-history.ts';
import { demoId, written, type DemoRow } from './demo-rows.ts';

type Says = Pick<TaskTemplateRow, 'title' | 'body' | 'steps' | 'for_role' | 'due_days'>;

const TEMPLATES: readonly Says[] = [
	{
		title: '出院返家準備',
		body: '出院前一天跟病房個管確認。',
		steps: ['核對出院用藥', '確認輔具到位', '約第一次居家訪視', '通知照服員注意事項'],
		for_role: 'care_manager',
		due_days: 2
	},
	{
		title: '跌倒後追蹤',
		body: null,
		steps: ['量血壓與疼痛', '看傷口與瘀青', '檢查浴室與走道', '跟家屬說明'],
		for_role: 'nurse',
		due_days: 1
	},
	{
		title: '輔具到貨確認',
		body: '先打電話問廠商送達時間。',
		steps: ['核對品項與尺寸', '教家屬使用', '拍照存檔'],
		for_role: 'worker',
		due_days: 7
	}
];

export function demoTemplates(
	orgId: string,
	supervisor: Carer,
	at: string
): DemoRow<'task_templates'>[] {
	return TEMPLATES.map((template, index) => ({
		id: demoId('task_template', index),
		org_id: orgId,
		...template,
		steps: [...template.steps],
		active: true,
		...written(supervisor.id, at)
	}));
}

/** The care manager's monthly call; it begins next month, so that the demo's board stays as it is. */
export function demoSeries(circle: Circle, today: string): DemoRow<'task_series'> {
	const nextMonth = addDays(`${today.slice(0, 8)}01`, 31).slice(0, 8);
	return {
		id: demoId('task_series', circle.one.key),
		case_id: demoId('case', circle.one.key),
		title: '每月電訪家屬',
		body: '問照顧狀況、服務滿意度、有沒有新的需要。',
		assignee_id: circle.manager.id,
		assignee_name: circle.manager.name,
		frequency: 'monthly',
		month_day: 5,
		starts_on: `${nextMonth}05`,
		due_time: '17:00',
		lead_days: 3,
		author_name: circle.manager.name,
		...written(circle.manager.id, instantAt(addDays(today, -3), '09:00'))
	};
}
