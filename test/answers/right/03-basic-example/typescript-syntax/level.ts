export enum Level { Debug, Info = 10, Error }
