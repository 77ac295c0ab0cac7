/** The mark: a boat on its slipway, above the water. */
export function LogoMark({ size = 26 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      aria-hidden="true"
    >
      <rect width="32" height="32" rx="7" fill="#0d1526" />
      <path
        d="M5 21.6 27 12.8"
        stroke="#6f9bff"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <path d="m11.6 17.4 1.1-6.8 6.6-2.2 2.2 5.3z" fill="#fff" />
      <path
        d="M5 26q3.4-2.2 6.8 0t6.8 0 6.8 0"
        stroke="#4d82ff"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
    </svg>
  );
}
