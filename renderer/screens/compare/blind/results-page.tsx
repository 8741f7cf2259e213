/** What a test came to. */
export function ResultsPage({ testId }: { testId: string }) {
  return <p>{testId}</p>;
}
