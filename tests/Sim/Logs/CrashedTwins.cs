namespace Testbed.Tests.Sim.Logs;

/// <summary>Where a run has come to, and after how many operations of the disk.</summary>
internal sealed record CrashedTwins(LogTwins Twins, bool IsCrashed, int Operations);
