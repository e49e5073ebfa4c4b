using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Testbed.Tests.Fence;

/// <summary>Rules about how much one file, method or page may ask of its reader.</summary>
internal static class LengthRules
{
    private const int FileMax = 600;
    private const int FileUsualMax = 400;
    private const int MethodMax = 70;
    private const int FrontPageMax = 200;
    private const int RoomPageMax = 60;

    /// <summary>Files that may pass the usual length. The list only ever gets shorter.</summary>
    private static readonly string[] LongFiles = [];

    public static IEnumerable<string> Files(TidyFile file)
    {
        var max = LongFiles.Contains(file.Path) ? FileMax : FileUsualMax;
        return file.IsCode && file.LineCount > max
            ? [file.At(max, $"has {file.LineCount} lines, at most {max}: look for the second type inside")]
            : [];
    }

    public static IEnumerable<string> Methods(TidyFile file) =>
        !file.IsCode ? [] : file.Syntax.DescendantNodes()
        .Where(node => IsMethod(node) && LineCount(node) > MethodMax)
        .Select(node => file.At(node, $"is a method of {LineCount(node)} lines, at most {MethodMax}"));

    public static IEnumerable<string> Pages(TidyFile file)
    {
        var max = file.Path switch
        {
            "README.md" => FrontPageMax,
            var path when path.EndsWith("/README.md") => RoomPageMax,
            _ => int.MaxValue,
        };
        return file.LineCount > max ? [file.At(max, $"has {file.LineCount} lines, at most {max}")] : [];
    }

    private static bool IsMethod(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax;

    /// <summary>
    /// From the first word of the declaration to its last brace; comments above it do not count.
    /// </summary>
    public static int LineCount(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
