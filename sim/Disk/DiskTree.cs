using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>The files and directories of one disk by path, as programs see them. "" is the top.</summary>
internal sealed class DiskTree
{
    private long _idsTaken = 1;

    public DirectoryNode Root { get; } = new(1);

    public NameJournal Names { get; } = new();

    public long NextId() => ++_idsTaken;

    public DirectoryNode? FindDirectory(string path) => Find(path) as DirectoryNode;

    public DiskNode? Find(string path)
    {
        DiskNode? node = Root;
        foreach (var part in path.Length == 0 ? [] : path.Split('/'))
        {
            Invariant.Assert(part.Length > 0 && part != "." && part != "..");
            node = (node as DirectoryNode)?.Live.GetValueOrDefault(part);
        }
        return node;
    }

    public static string ParentOf(string path) => path[..Math.Max(path.LastIndexOf('/'), 0)];

    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Paths of all files, depth first, names in ordinal order.</summary>
    public List<string> FilePaths()
    {
        var paths = new List<string>();
        Collect(Root, "", paths);
        return paths;
    }

    /// <summary>The machine loses power; what is found afterwards is durable.</summary>
    public void PowerCut(Prng names, Func<FileNode, Prng> contents, int sectorBytes)
    {
        Names.PowerCut(names);
        Settle(Root, contents, sectorBytes);
    }

    private static void Settle(DirectoryNode directory, Func<FileNode, Prng> contents, int sectorBytes)
    {
        directory.ForgetUnsynced();
        foreach (var node in directory.Live.Values)
        {
            switch (node)
            {
                case DirectoryNode inner:
                    Settle(inner, contents, sectorBytes);
                    break;
                case FileNode file:
                    file.PowerCut(contents(file), sectorBytes);
                    break;
                default:
                    throw new InvariantException("a disk holds files and directories");
            }
        }
    }

    private static void Collect(DirectoryNode directory, string prefix, List<string> paths)
    {
        foreach (var (name, node) in directory.Live)
        {
            if (node is DirectoryNode inner)
            {
                Collect(inner, $"{prefix}{name}/", paths);
            }
            else
            {
                paths.Add(prefix + name);
            }
        }
    }
}
