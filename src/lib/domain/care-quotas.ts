/** Monthly and yearly quotas by CMS level, in NT$. Source: the payment table of 長期照顧服務申請及給付辦法. */

export interface CareQuota {
	readonly cmsLevel: number;
	/** B and C codes together, a month. */
	readonly careMonthNtd: number;
	/** G codes (respite), a year. */
	readonly respiteYearNtd: number;
	/** Day-centre and family-home codes of this level. */
	readonly dayCodes: {
		readonly bbDay: string;
		readonly bbHalf: string;
		readonly bcDay: string;
		readonly bcHalf: string;
	};
}

const CARE_MONTH_NTD: readonly number[] = [10_020, 15_460, 18_580, 24_100, 28_070, 32_090, 36_180];

/** Levels 2 to 8; level 1 has no quota. */
export const CARE_QUOTAS: readonly CareQuota[] = CARE_MONTH_NTD.map((careMonthNtd, index) => {
	const cmsLevel = index + 2;
	const day = String(2 * index + 1).padStart(2, '0');
	const half = String(2 * index + 2).padStart(2, '0');
	return {
		cmsLevel,
		careMonthNtd,
		respiteYearNtd: cmsLevel >= 7 ? 48_510 : 32_340,
		dayCodes: { bbDay: `BB${day}`, bbHalf: `BB${half}`, bcDay: `BC${day}`, bcHalf: `BC${half}` }
	};
});
