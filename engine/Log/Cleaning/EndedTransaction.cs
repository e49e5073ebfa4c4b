namespace Testbed.Log;

/// <summary>What compaction has met of a transaction when it comes to its marker.</summary>
/// <param name="HasRecords">
/// A data batch of it was in the log until this cleaning: the marker stays for one more.
/// </param>
/// <param name="Aborted">Its entry in the indexes of aborted transactions, if it has one.</param>
public readonly record struct EndedTransaction(bool HasRecords, AbortedTransaction? Aborted);
