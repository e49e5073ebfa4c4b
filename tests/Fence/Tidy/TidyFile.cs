using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Testbed.Tests.Fence;

/// <summary>
/// One tracked text file as the tidy rules see it. <see cref="Path"/> is relative to the root, with '/'.
/// </summary>
internal sealed record TidyFile(string Path, string Text)
{
    private static readonly string[] Binary = [".gz", ".bin"];

    private CompilationUnitSyntax? _syntax;

    /// <summary>All tracked files that are text.</summary>
    public static IReadOnlyList<TidyFile> All { get; } = TrackedFiles.All
        .Where(path => !Binary.Any(path.EndsWith))
        .Select(path => new TidyFile(path, File.ReadAllText(Repository.Path(path))))
        .ToList();

    public bool IsCode => Path.EndsWith(".cs") && !Path.EndsWith(".g.cs");

    public string[] Lines => Text.Split('\n');

    /// <summary>Lines of the file; the newline at the end of the last one starts no other.</summary>
    public int LineCount => Text.Length == 0 ? 0 : Text.AsSpan().TrimEnd('\n').Count('\n') + 1;

    /// <summary>File name without folder and extension.</summary>
    public string Stem => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The file as C#; only for code.</summary>
    public CompilationUnitSyntax Syntax =>
        _syntax ??= (CompilationUnitSyntax)Snippet.Parse(Text, Path).GetRoot();

    /// <summary>A finding at a line, counted from 1, as compilers write it.</summary>
    public string At(int line, string finding) => $"{Path}:{line} {finding}";

    /// <summary>A finding where <paramref name="node"/> starts, after its comments.</summary>
    public string At(SyntaxNode node, string finding) =>
        At(node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, finding);
}
