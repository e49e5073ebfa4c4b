using System.Collections.Generic;

namespace Testbed.Tests.Fence;

/// <summary>The house rules of STYLE.md that a machine can read off one file.</summary>
internal static class TidyRules
{
    public static IReadOnlyList<TidyRule> All { get; } =
    [
        new("Lines end with LF, without blanks or tabs", TextRules.CleanLines),
        new("Files end with one newline", TextRules.FinalNewline),
        new("Lines have at most 110 columns", TextRules.Width),
        new("Names of machines stay out", TextRules.MachineNames),
        new("Unfinished work does not merge", TextRules.UnfinishedWork),
        new("Fences are not switched off", TextRules.OpenFences),
        new("Files have at most 600 lines, most at most 400", LengthRules.Files),
        new("Methods have at most 70 lines", LengthRules.Methods),
        new("Pages fit their reader", LengthRules.Pages),
        new("One type per file, named alike", TypeRules.OnePerFile),
        new("Types are whole", TypeRules.NotPartial),
        new("Nested types are private matters", TypeRules.NotNestedInPublic),
        new("Files have no regions", TypeRules.NoRegions),
        new("Namespaces say the room", LayerRules.Namespaces),
        new("Rooms use only the rooms below them", LayerRules.Usings),
        new("Tracked files are of known kinds", FileRules.Kinds),
        new("Only scripts are executable", FileRules.ExecutableBits),
    ];
}
