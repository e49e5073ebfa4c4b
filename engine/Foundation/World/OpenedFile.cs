namespace Testbed.Foundation;

/// <summary>
/// Outcome of opening a file; <paramref name="File"/> is there exactly when the status is Ok.
/// </summary>
public readonly record struct OpenedFile(IoStatus Status, IFile? File);
