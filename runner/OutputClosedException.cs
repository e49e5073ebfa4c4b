using System.IO;

namespace Testbed.Runner;

/// <summary>Whoever read our output has seen enough. No failure: the command ends.</summary>
public sealed class OutputClosedException() : IOException("nobody reads the output any more");
