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

/** Rides (D) by area class 1 to 4, a month; level 4 and above. */
export const RIDE_QUOTA_MONTH_NTD: readonly number[] = [1680, 1840, 2000, 2400];
export const RIDE_MIN_CMS_LEVEL = 4;

/** Assistive devices and home modification (E, F) together, every three years. */
export const DEVICE_QUOTA_THREE_YEARS_NTD = 40_000;

/**
 * Co-pay classes 1 低收, 2 中低收, 3 一般, in per mille so that money stays whole: B/C, G and E/F. A household that the welfare office
 * lists as 中低收入戶 counts as class 1 here; class 2 is defined by the allowance that it receives (給付辦法§14).
 */
export const COPAY_PER_MILLE: Readonly<
	Record<1 | 2 | 3, { readonly care: number; readonly respite: number; readonly devices: number }>
> = {
	1: { care: 0, respite: 0, devices: 0 },
	2: { care: 50, respite: 50, devices: 100 },
	3: { care: 160, respite: 160, devices: 300 }
};

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

/** Co-pay of an amount: cut down to whole NT$, as the payment system does (BA01 260 × 16 % is 41). */
export function copayNtd(amountNtd: number, perMille: number): number {
	return Math.floor((amountNtd * perMille) / 1000);
}
