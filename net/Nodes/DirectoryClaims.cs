using System;
using System.Collections.Generic;
using System.IO;

namespace Testbed.Net;

/// <summary>
/// A node's claims on all its log directories, which are made where they are missing. What a start that fails
/// has made is unmade: <see cref="Undo"/>.
/// </summary>
internal sealed class DirectoryClaims
{
    private readonly List<DirectoryLock> _locks = [];
    private readonly List<string> _madeDirectories = [];    // parents first

    /// <summary>
    /// Null when all are claimed; otherwise one sentence that names the setting and the fix.
    /// </summary>
    public string? Claim(IReadOnlyList<string> directories)
    {
        foreach (var directory in directories)
        {
            if (ClaimOne(directory) is { } problem)
            {
                return problem;
            }
        }
        return null;
    }

    /// <summary>Lets go of the directories; what is in them stays.</summary>
    public void Release()
    {
        foreach (var held in _locks)
        {
            held.Dispose();
        }
        _locks.Clear();
    }

    /// <summary>
    /// Lets go, and removes the lock files and empty directories that were not there before.
    /// </summary>
    public void Undo()
    {
        _locks.ForEach(held => Try(held.Undo));
        Release();
        _madeDirectories.Reverse();
        _madeDirectories.ForEach(directory => Try(() => Directory.Delete(directory)));
    }

    /// <summary>What cannot be undone stays; something else may be there by now.</summary>
    private static void Try(Action undo)
    {
        try
        {
            undo();
        }
        catch (Exception error) when (DiskFailures.IsFailure(error))
        {
            return;
        }
    }

    private string? ClaimOne(string directory)
    {
        try
        {
            Make(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
        }
        catch (Exception error) when (DiskFailures.IsFailure(error))
        {
            return $"log.dirs: {directory} cannot be made: {error.Message}; name another directory";
        }
        var claim = DirectoryLock.Acquire(directory);
        if (claim.Lock is null)
        {
            return claim.Status == LockStatus.HeldByOther
                ? DirectoryPreflight.InUse(directory, claim.OwnerProcessId)
                : $"log.dirs: {directory} cannot be locked: {claim.Reason}; check its permissions";
        }
        _locks.Add(claim.Lock);
        return null;
    }

    private void Make(string directory)
    {
        if (Directory.Exists(directory))
        {
            return;
        }
        Make(Path.GetDirectoryName(directory)!);
        Directory.CreateDirectory(directory);
        _madeDirectories.Add(directory);
    }
}
