using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace Testbed.Tests.Fence;

/// <summary>What a project file says about other projects and packages.</summary>
internal sealed record ProjectFile(
    string Folder, IReadOnlyList<string> RefersTo, IReadOnlyList<string> Analyzers)
{
    /// <summary>
    /// Reads the text of a project file that lies in <paramref name="folder"/>, a path from the root.
    /// </summary>
    public static ProjectFile Parse(string folder, string text)
    {
        var references = XDocument.Parse(text).Descendants("ProjectReference").ToList();
        return new ProjectFile(
            folder,
            [.. references.Select(Target).Order()],
            [.. references.Where(IsAnalyzer).Select(Target)]);

        string Target(XElement reference) => FolderOf(folder, (string)reference.Attribute("Include")!);
    }

    private static bool IsAnalyzer(XElement reference) =>
        (string?)reference.Attribute("OutputItemType") == "Analyzer"
        && (string?)reference.Attribute("ReferenceOutputAssembly") == "false";

    /// <summary>
    /// The folder of the project at <paramref name="include"/>, which is relative to
    /// <paramref name="folder"/>.
    /// </summary>
    private static string FolderOf(string folder, string include)
    {
        var parts = new List<string>();
        foreach (var part in $"{folder}/{include}".Replace('\\', '/').Split('/').SkipLast(1))
        {
            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }
        return string.Join('/', parts);
    }
}
