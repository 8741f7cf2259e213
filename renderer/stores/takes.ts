/** Brings audio files in as takes. */
export async function importFiles(files: File[]): Promise<void> {
  void files;
}
