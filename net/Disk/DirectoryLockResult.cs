namespace Testbed.Net;

/// <summary>
/// Outcome of <see cref="DirectoryLock.Acquire"/>. <paramref name="Lock"/> is there exactly when it was
/// acquired; <paramref name="OwnerProcessId"/> names the process that holds it otherwise, 0 when that is not
/// known; <paramref name="Reason"/> is the system's message when it failed.
/// </summary>
public readonly record struct DirectoryLockResult(
    LockStatus Status, DirectoryLock? Lock, int OwnerProcessId, string Reason);
