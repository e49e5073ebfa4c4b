using System.Collections.Generic;

namespace Testbed.Foundation;

/// <summary>
/// What is in a directory: names in ordinal order, those of directories ending with '/'; of each its size in
/// bytes and when its contents were changed last, in milliseconds since 1970 by the machine's clock (both 0
/// for a directory).
/// </summary>
public readonly record struct Listing(
    IoStatus Status,
    IReadOnlyList<string> Names,
    IReadOnlyList<long> Sizes,
    IReadOnlyList<long> ModifiedMs);
