using System.Collections.Generic;

namespace Testbed.Foundation;

/// <summary>
/// What is in a directory: names in ordinal order, those of directories ending with '/', and each one's size
/// in bytes (0 for a directory).
/// </summary>
public readonly record struct Listing(
    IoStatus Status, IReadOnlyList<string> Names, IReadOnlyList<long> Sizes);
