export declare function findChromium(env?: Record<string, string | undefined>, platform?: string): string | null
export declare function chromiumPath(env?: Record<string, string | undefined>, platform?: string): string
export declare function isSnap(file: string): boolean
