using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Testbed.Tests.Fence;

/// <summary>
/// A few lines of C# compiled in memory against the framework and every assembly of the project: how a fence
/// is shown an offender without putting one into the product.
/// </summary>
internal static class Snippet
{
    private static readonly CSharpParseOptions Syntax = new(LanguageVersion.Preview);

    /// <summary>
    /// No code, and everything the test process itself may load, which includes the engine. Snippets are
    /// added to it because references are resolved once for all of them this way.
    /// </summary>
    public static CSharpCompilation World { get; } = CSharpCompilation.Create(
        "Planted",
        [],
        TrustedAssemblies(),
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            allowUnsafe: true));

    public static CSharpCompilation Compile(string source) =>
        World.AddSyntaxTrees(Parse(source, "Planted.cs"));

    public static SyntaxTree Parse(string source, string path) =>
        CSharpSyntaxTree.ParseText(source, Syntax, path);

    /// <summary>
    /// Ids of the errors that stop the snippet from becoming an assembly, without repeats. Emitting matters:
    /// awaiters meet the builder's constraint only when the state machine is made.
    /// </summary>
    public static IReadOnlyList<string> Errors(string source) =>
        Compile(source).Emit(Stream.Null).Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.Id)
            .Distinct()
            .ToList();

    /// <summary>
    /// The compiled assembly. A snippet that does not compile shows nothing, so it fails the test.
    /// </summary>
    public static byte[] Image(string source)
    {
        using var image = new MemoryStream();
        var result = Compile(source).Emit(image);
        Assert.True(result.Success, string.Join(Environment.NewLine, result.Diagnostics));
        return image.ToArray();
    }

    private static ImmutableArray<MetadataReference> TrustedAssemblies()
    {
        var paths = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return [.. paths.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];
    }
}
