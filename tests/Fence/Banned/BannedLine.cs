using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Testbed.Tests.Fence;

/// <summary>
/// One line of a list of banned symbols: the documentation id, and the sentence that names the replacement.
/// </summary>
internal sealed record BannedLine(string Text, string Id, string Message)
{
    /// <summary>The lines of a list, without comments and blanks.</summary>
    public static IReadOnlyList<BannedLine> Read(string path) =>
        File.ReadLines(path)
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith("//"))
            .Select(Parse)
            .ToList();

    public static BannedLine Parse(string text)
    {
        var parts = text.Split(';', 2);
        return new BannedLine(text, parts[0].Trim(), parts.Length > 1 ? parts[1].Trim() : "");
    }
}
