using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Log;

namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>A directory on paper: names, and for each whose content it has.</summary>
internal sealed class PaperDirectory
{
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);

    public PaperDirectory(string names, string content) => Add(names, content);

    private PaperDirectory(PaperDirectory other)
    {
        foreach (var (name, content) in other._files)
        {
            _files.Add(name, content);
        }
    }

    public IReadOnlyList<string> Names => [.. _files.Keys];

    public PaperDirectory Copy() => new(this);

    /// <summary>Names as in `0.log 10.index.swap`: their offsets are written short.</summary>
    public PaperDirectory Add(string names, string content)
    {
        foreach (var name in names.Split(' '))
        {
            _files[Long(name)] = content;
        }
        return this;
    }

    public PaperDirectory Apply(FileOperation operation)
    {
        switch (operation.Kind)
        {
            case FileOperationKind.Delete:
                Take(operation);
                break;
            case FileOperationKind.Rename:
                if (Take(operation) is { } content)
                {
                    _files[operation.To] = content;
                }
                break;
            default:
                break;
        }
        return this;
    }

    /// <summary>`0.log=new 10.log=old`.</summary>
    public override string ToString() => string.Join(' ', _files.Select(
        file => $"{file.Key[..20].TrimStart('0').PadLeft(1, '0')}{file.Key[20..]}={file.Value}"));

    private string? Take(FileOperation operation)
    {
        if (!_files.Remove(operation.Name, out var content) && !operation.MayBeMissing)
        {
            throw new InvalidOperationException($"there is no {operation.Name}");
        }
        return content;
    }

    private static string Long(string name)
    {
        var digits = name[..name.IndexOf('.')];
        return digits.PadLeft(20, '0') + name[digits.Length..];
    }
}
