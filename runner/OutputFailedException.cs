using System.IO;

namespace Testbed.Runner;

/// <summary>Standard output cannot be written: a full disk, for one. The reason is the system's.</summary>
public sealed class OutputFailedException(string reason)
    : IOException($"standard output cannot be written: {reason}");
