using System.Collections.Generic;

namespace Testbed.Foundation;

/// <summary>Names in a directory, in ordinal order; names of directories end with '/'.</summary>
public readonly record struct Listing(IoStatus Status, IReadOnlyList<string> Names);
